import oneflow as flow
from oneflow.optim.lr_scheduler import CosineDecayLR


class Described:
    def describe(self):
        return type(self).__name__


class WithFloor:
    floor = 0.02

    def held(self, lr):
        return max(lr, self.floor)


class CosineWithFloor(WithFloor, CosineDecayLR, Described):
    def get_lr(self, base_lr, step):
        return self.held(super().get_lr(base_lr, step))


def main():
    optimizer = flow.optim.SGD(model.parameters(), lr=0.1)
    scheduler = CosineWithFloor(optimizer, decay_steps=50)
    print(scheduler.describe())
    return scheduler


if __name__ == "__main__":
    main()
