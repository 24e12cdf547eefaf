import oneflow as flow
import oneflow.nn as nn

g_lr, d_lr = 2e-4, 4e-4
generator = Generator(nz=100)
discriminator = Discriminator()
opt_g = flow.optim.Adam(generator.parameters(), lr=g_lr, betas=(0.5, 0.999))
opt_d = flow.optim.Adam(discriminator.parameters(), lr=d_lr, betas=(0.5, 0.999))


def rule(epoch, n_epochs=40, decay_from=20):
    return 1.0 - max(0, epoch + 1 - decay_from) / float(n_epochs - decay_from + 1)


sched_g = flow.optim.lr_scheduler.LambdaLR(opt_g, lr_lambda=rule)
sched_d = flow.optim.lr_scheduler.LambdaLR(opt_d, lr_lambda=rule)
schedulers = [sched_g, sched_d]
for epoch in range(40):
    for real, _ in loader:
        opt_d.zero_grad()
        (discriminator(real) - discriminator(generator(noise()))).backward()
        opt_d.step()
    for s in schedulers:
        s.step()
