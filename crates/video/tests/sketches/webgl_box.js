function setup() {
  createCanvas(200, 200, WEBGL);
}

function draw() {
  background(30);
  rotateX(frameCount * 0.2 + 0.4);
  rotateY(0.6);
  normalMaterial();
  box(80);
}
