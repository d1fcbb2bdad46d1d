let x = 50;
let y = 60;
let dx = 3;
let dy = 2;

function setup() {
  createCanvas(200, 200);
}

function draw() {
  background(240);
  x += dx;
  y += dy;
  if (x < 10 || x > 190) dx = -dx;
  if (y < 10 || y > 190) dy = -dy;
  fill(200, 40, 60);
  circle(x, y, 20);
}
