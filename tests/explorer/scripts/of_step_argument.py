import oneflow as flow

optimizer = flow.optim.SGD(model.parameters(), lr=0.1)
scheduler = flow.optim.lr_scheduler.StepLR(optimizer, step_size=10)
for epoch in range(30):
    scheduler.step(epoch)
    train(epoch)
