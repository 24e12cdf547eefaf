import oneflow as flow

optimizer = flow.optim.SGD(model.parameters(), lr=0.1)
scheduler = flow.optim.lr_scheduler.ExponentialLR(optimizer, gamma=0.9)
# the first step goes slowly; the scheduler goes on from the optimizer's own rate
for g in optimizer.param_groups:
    g["lr"] = 0.001
