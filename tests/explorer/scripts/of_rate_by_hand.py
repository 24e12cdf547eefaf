import oneflow as flow

optimizer = flow.optim.Adam(model.parameters(), lr=1e-3)
new_lr = 5e-4
for group in optimizer.param_groups:
    group["lr"] = new_lr
scheduler = flow.optim.lr_scheduler.StepLR(optimizer, step_size=10, gamma=0.5)
