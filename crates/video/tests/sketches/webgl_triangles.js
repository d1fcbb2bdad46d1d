function setup() {
  createCanvas(200, 200, WEBGL);
}

function draw() {
  background(250);
  noStroke();
  rotateZ(frameCount * 0.05);
  beginShape(TRIANGLES);
  for (let i = 0; i < 12; i += 1) {
    const angle = (TWO_PI * i) / 12;
    fill(20 * i, 120, 255 - 20 * i);
    vertex(0, 0, 0);
    vertex(80 * cos(angle), 80 * sin(angle), 10 * (i % 3));
    vertex(80 * cos(angle + 0.4), 80 * sin(angle + 0.4), 0);
  }
  endShape();
}
