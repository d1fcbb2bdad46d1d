function setup() {
  createCanvas(200, 200);
}

function draw() {
  background(255);
  fill(40, 120, 90);
  beginShape();
  vertex(20, 20);
  vertex(180, 20);
  vertex(180, 180);
  vertex(20, 180);
  beginContour();
  vertex(70, 70);
  vertex(70, 130);
  vertex(130, 130);
  vertex(130, 70);
  endContour();
  endShape(CLOSE);
}
