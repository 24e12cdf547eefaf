T = 50
scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T, eta_min=1e-5)
for epoch in range(T):
    train(...)
    scheduler.step()
