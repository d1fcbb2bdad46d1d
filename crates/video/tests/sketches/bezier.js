function setup() {
  createCanvas(200, 200);
}

function draw() {
  background(250);
  noFill();
  for (let i = 0; i < 10; i += 1) {
    stroke(0, i * 20, 160);
    bezier(10, 20 + i * 16, 80, i * 30, 120, 200 - i * 20, 190, 180 - i * 16);
  }
}
