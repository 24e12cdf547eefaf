import oneflow as flow

optimizer = flow.optim.SGD(model.features.parameters(), lr=0.01)
scheduler = flow.optim.lr_scheduler.ExponentialLR(optimizer, gamma=0.9)
# unfreeze the classifier: the scheduler does not know the new group
optimizer.add_param_group({"params": model.fc.parameters(), "lr": 0.1})
