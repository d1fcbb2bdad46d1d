function setup() {
  createCanvas(200, 200, WEBGL);
}

function draw() {
  background(15, 25, 50);
  const angle = frameCount * 0.08;
  camera(220 * sin(angle), -90, 220 * cos(angle), 0, 0, 0, 0, 1, 0);
  ambientLight(90);
  pointLight(255, 255, 230, 120, -150, 120);
  noStroke();
  for (let i = -1; i <= 1; i += 1) {
    push();
    translate(i * 70, 0, 0);
    fill(200, 110 + i * 60, 90);
    box(40, 40 + 20 * i, 40);
    pop();
  }
}
