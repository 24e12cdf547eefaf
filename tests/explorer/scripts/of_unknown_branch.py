import oneflow as flow

optimizer = flow.optim.SGD(model.parameters(), lr=0.1)
if args.linear:
    rule = lambda step: 1 - step / 50
else:
    rule = lambda step: 0.9 ** step
scheduler = flow.optim.lr_scheduler.LambdaLR(optimizer, rule)
