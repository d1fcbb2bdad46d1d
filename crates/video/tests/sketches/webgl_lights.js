function setup() {
  createCanvas(200, 200, WEBGL);
}

function draw() {
  background(0);
  ambientLight(60);
  directionalLight(255, 200, 150, 1, 1, -1);
  noStroke();
  fill(120, 160, 255);
  sphere(70);
}
