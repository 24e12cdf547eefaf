import oneflow as flow

optimizer = flow.optim.SGD(
    [{"params": model.base.parameters(), "lr": 1e-2}, {"params": model.classifier.parameters(), "lr": 1e-1}]
)
lambda1 = lambda step: 0.95 ** step
lambda2 = lambda step: 1.0 if step < 5 else 0.5
scheduler = flow.optim.lr_scheduler.LambdaLR(optimizer, lr_lambda=[lambda1, lambda2])
for epoch in range(100):
    train(...)
    validate(...)
    scheduler.step()
