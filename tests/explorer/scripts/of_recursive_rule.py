import oneflow as flow


def make(decay):
    def factor(step):
        return 1.0 if step == 0 else decay * factor(step - 1)

    return factor


def halved(step):
    return 1.0 if step < 10 else 0.5 * halved(step - 10)


optimizer = flow.optim.SGD(model.parameters(), lr=0.1)
slow = flow.optim.lr_scheduler.LambdaLR(optimizer, make(0.98))
other = flow.optim.SGD(head.parameters(), lr=0.1)
steps = flow.optim.lr_scheduler.LambdaLR(other, halved)
