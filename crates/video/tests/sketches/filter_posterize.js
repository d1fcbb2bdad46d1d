function setup() {
  createCanvas(200, 200);
  noLoop();
}

function draw() {
  for (let x = 0; x < 200; x += 1) {
    stroke(x, 200 - x, 120);
    line(x, 0, x, 200);
  }
  filter(POSTERIZE, 4);
}
