import oneflow as flow


def get_params(model, lr, multiplier=10):
    groups = [dict(params=model.backbone.parameters(), lr=lr)]
    groups.append(dict(params=model.head.parameters(), lr=lr * multiplier))
    return groups


optimizer = flow.optim.SGD(get_params(model, 7e-3), momentum=0.9, weight_decay=5e-4)
scheduler = flow.optim.lr_scheduler.LambdaLR(optimizer, lambda step: (1 - step / 60) ** 0.9 if step < 60 else 0.0)
