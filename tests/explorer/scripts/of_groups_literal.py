import oneflow as flow

optimizer = flow.optim.SGD(
    [
        {"params": model.backbone.parameters(), "lr": 0.01},
        {"params": model.head.parameters()},
    ],
    lr=0.1,
    momentum=0.9,
)
scheduler = flow.optim.lr_scheduler.MultiStepLR(optimizer, milestones=[10, 20], gamma=0.1)
