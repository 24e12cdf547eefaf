import oneflow as flow

optimizer = flow.optim.SGD(
    [{"params": model.backbone.parameters(), "lr": 0.01}, {"params": model.head.parameters(), "lr": 0.1}]
)
scheduler = flow.optim.lr_scheduler.ReduceLROnPlateau(
    optimizer, mode="max", factor=0.2, patience=1, threshold=0.01, min_lr=[1e-3, 1e-4]
)
