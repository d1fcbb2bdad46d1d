function setup() {
  createCanvas(200, 200);
}

function draw() {
  background(255);
  drawingContext.shadowColor = "black";
  drawingContext.shadowBlur = 12;
  fill(255, 200, 0);
  circle(100, 100, 90);
}
