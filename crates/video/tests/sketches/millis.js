function setup() {
  createCanvas(200, 200);
}

function draw() {
  background(millis() % 255, 100, 150);
  fill(255);
  text(millis().toFixed(2), 20, 100);
}
