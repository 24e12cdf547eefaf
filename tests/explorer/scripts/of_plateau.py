import oneflow as flow

optimizer = flow.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
scheduler = flow.optim.lr_scheduler.ReduceLROnPlateau(optimizer, "min", factor=0.5, patience=2, cooldown=1)
for epoch in range(30):
    train(model, optimizer)
    val_loss = validate(model)
    # the rate falls when this loss does
    scheduler.step(val_loss)
