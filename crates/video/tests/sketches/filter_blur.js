function setup() {
  createCanvas(200, 200);
  noLoop();
}

function draw() {
  background(255);
  fill(200, 0, 60);
  rect(60, 60, 80, 80);
  filter(BLUR, 3);
}
