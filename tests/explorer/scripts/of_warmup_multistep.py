import oneflow as flow

iters = 25
optimizer = flow.optim.SGD(model.parameters(), lr=0.8, momentum=0.9)
steps = [int(iters * e) for e in (1, 2, 2.5)]
multistep = flow.optim.lr_scheduler.MultiStepLR(optimizer, milestones=steps, gamma=0.1)
lr_scheduler = flow.optim.lr_scheduler.WarmUpLR(
    multistep, warmup_factor=1.0 / 3, warmup_iters=iters // 5, warmup_method="constant"
)
