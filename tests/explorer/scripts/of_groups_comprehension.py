import oneflow as flow

layers = [model.layer1, model.layer2, model.layer3, model.layer4]
lr = 0.1
decay = 0.5
optimizer = flow.optim.SGD(
    [{"params": layer.parameters(), "lr": lr * decay ** (len(layers) - 1 - i)} for i, layer in enumerate(layers)],
    lr=lr,
)
scheduler = flow.optim.lr_scheduler.LinearLR(optimizer, start_factor=0.1, total_iters=10)
