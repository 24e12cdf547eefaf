test("an optimizer's learning rate is what the code gives, by keyword or by position", () => {
  const [keyword, position, none] = read(
    "a = flow.optim.SGD(p, lr=0.1)\nb = flow.optim.Adam(p, 0.3)\nc = flow.optim.SGD(p)",
  ).optimizers;
  assert.equal(keyword?.lr.value, 0.1);
  assert.equal(position?.lr.value, 0.3);
  assert.equal(none?.lr.value, 0.001);
});
