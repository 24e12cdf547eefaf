import oneflow as flow

start_epoch = 5
optimizer = flow.optim.SGD(model.parameters(), lr=0.1)
scheduler = flow.optim.lr_scheduler.StepLR(optimizer, step_size=3, gamma=0.5)
for _ in range(start_epoch):
    scheduler.step()
