let layer;

function setup() {
  createCanvas(200, 200);
  layer = createGraphics(120, 120);
  layer.background(255);
  layer.circle(60, 60, 80);
}

function draw() {
  background(0);
  tint(255, 0, 0);
  image(layer, 0, 0);
  tint(0, 255, 0, 120);
  image(layer, 60, 60);
}
