import oneflow as flow

optimizer = flow.optim.SGD(model.parameters(), lr=0.1)
warmup = flow.optim.lr_scheduler.LinearLR(optimizer, start_factor=0.1, total_iters=10)
cosine = flow.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=30)
for epoch in range(30):
    train(epoch)
    warmup.step()
    cosine.step()
