import math

import oneflow as flow

d_model, warmup = 256, 16


def noam(factor=2.0):
    def rate(step):
        step = max(step, 1)
        return factor * d_model ** -0.5 * min(step ** -0.5, step * warmup ** -1.5)

    return rate


optimizer = flow.optim.Adam(model.parameters(), lr=1.0, betas=(0.9, 0.98), eps=1e-9)
scheduler = flow.optim.lr_scheduler.LambdaLR(optimizer, noam())
