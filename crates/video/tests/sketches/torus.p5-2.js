function setup() {
  createCanvas(200, 200, WEBGL);
}

function draw() {
  background(30);
  rotateX(0.8);
  normalMaterial();
  torus(60, 20);
}
