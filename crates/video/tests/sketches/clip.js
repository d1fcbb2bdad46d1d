function setup() {
  createCanvas(200, 200);
}

function draw() {
  background(0);
  drawingContext.save();
  drawingContext.beginPath();
  drawingContext.arc(100, 100, 70, 0, TWO_PI);
  drawingContext.clip();
  for (let i = 0; i < 20; i += 1) {
    fill(i * 12, 100, 200);
    rect(i * 10, 0, 10, 200);
  }
  drawingContext.restore();
}
