function setup() {
  createCanvas(200, 200);
}

function draw() {
  background(230);
  for (let i = 0; i < 10; i += 1) {
    fill(i * 25, 80, 120);
    quad(i * 20, 10, i * 20 + 18, 30, i * 20 + 10, 190, i * 20 - 8, 160);
  }
}
