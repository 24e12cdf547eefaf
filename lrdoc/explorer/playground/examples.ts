/** Code to start from: whole pieces of a training script, then the examples of the reference pages. */

import { recipes, schedulers } from "../engine/index.ts";
import { type Example, exampleOf } from "../view/examples.ts";
import type { State } from "../view/state.ts";
import { text } from "../view/strings.ts";

const PLAIN: Omit<State, "code" | "steps"> = { lr: 0.1, metric: { preset: "noisy" }, names: {}, log: false, pins: [] };

/** An optimizer for each scheduler: those of one optimizer overwrite each other's learning rates. */
const SGD = `sgd = lambda: flow.optim.SGD(model.parameters(), lr=0.1)
`;

const COMPARE = `${SGD}stairs = StepLR(sgd(), step_size=20, gamma=0.5)
cosine = CosineDecayLR(sgd(), decay_steps=100)
polynomial = PolynomialLR(sgd(), decay_batch=100, end_learning_rate=0.0, power=2.0)
`;

const EPOCHS = `optimizer = flow.optim.SGD(model.parameters(), lr=0.1)
main = flow.optim.lr_scheduler.CosineDecayLR(optimizer, decay_steps=30 * len_per_epoch, alpha=0.01)
scheduler = flow.optim.lr_scheduler.WarmupLR(
    main,
    warmup_factor=0.1,
    warmup_iters=5 * len_per_epoch,
    warmup_method="linear",
)
`;

const NOAM = `# "Attention Is All You Need", section 5.3
model_size = 512
warmup_steps = 400
optimizer = flow.optim.Adam(model.parameters(), lr=1.0)
scheduler = LambdaLR(
    optimizer,
    lr_lambda=lambda step: model_size ** -0.5 * min((step + 1) ** -0.5, (step + 1) * warmup_steps ** -1.5),
)
`;

const PLATEAU = `${SGD}patient = ReduceLROnPlateau(sgd(), factor=0.5, patience=10)
hasty = ReduceLROnPlateau(sgd(), factor=0.5, patience=3)
`;

/** Return the examples; the first is what the page opens with. */
export function examples(): Example[] {
  return [
    { label: text("exampleCompare"), state: { ...PLAIN, code: COMPARE, steps: 120 } },
    { label: text("exampleEpochs"), state: { ...PLAIN, code: EPOCHS, steps: 1600, names: { len_per_epoch: 50 } } },
    { label: text("exampleNoam"), state: { ...PLAIN, code: NOAM, steps: 2000 } },
    { label: text("examplePlateau"), state: { ...PLAIN, code: PLATEAU, steps: 100 } },
    ...[...recipes(), ...schedulers].flatMap(({ presets }) => presets.map(exampleOf)),
  ];
}
