function setup() {
  createCanvas(200, 200);
}

function draw() {
  background(255);
  stroke(0, 40);
  for (let i = 0; i < 300; i += 1) {
    const x = randomGaussian(100, 25);
    line(x, 40, x, 160);
  }
}
