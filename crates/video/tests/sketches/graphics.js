let layer;

function setup() {
  createCanvas(200, 200);
  layer = createGraphics(100, 100);
}

function draw() {
  layer.fill(0, 120, 200);
  layer.circle(50, 50, 30 + frameCount * 5);
  background(255);
  image(layer, 0, 0);
  image(layer, 100, 100);
}
