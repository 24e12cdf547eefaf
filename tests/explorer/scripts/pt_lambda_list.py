optimizer = torch.optim.SGD([
    {"params": model.base.parameters()},
    {"params": model.classifier.parameters(), "lr": 1e-3},
], lr=1e-2, momentum=0.9)
lambda1 = lambda epoch: epoch // 30
lambda2 = lambda epoch: 0.95 ** epoch
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, lr_lambda=[lambda1, lambda2])
