import oneflow as flow


def build_optimizer(model, name="sgd", lr=0.1):
    if name == "sgd":
        return flow.optim.SGD(model.parameters(), lr=lr, momentum=0.9)
    elif name == "adam":
        return flow.optim.Adam(model.parameters(), lr=lr)
    raise ValueError(f"unknown optimizer {name}")


def build_scheduler(optimizer, name, epochs):
    if name == "step":
        return flow.optim.lr_scheduler.StepLR(optimizer, epochs // 3, gamma=0.1)
    elif name == "cosine":
        return flow.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=epochs)
    else:
        return flow.optim.lr_scheduler.ExponentialLR(optimizer, gamma=0.95)


model = MyModel()
optimizer = build_optimizer(model, "adam", lr=2e-3)
scheduler = build_scheduler(optimizer, "cosine", epochs=30)
