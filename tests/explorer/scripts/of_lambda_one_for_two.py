import oneflow as flow

optimizer = flow.optim.SGD(
    [{"params": model.base.parameters()}, {"params": model.classifier.parameters(), "lr": 1e-1}], lr=1e-2
)
scheduler = flow.optim.lr_scheduler.LambdaLR(optimizer, lr_lambda=[lambda step: 0.95 ** step])
