let tiles;

function setup() {
  createCanvas(200, 200, WEBGL);
  tiles = createGraphics(64, 64);
  for (let i = 0; i < 16; i += 1) {
    tiles.fill(random(255), random(255), 200);
    tiles.rect((i % 4) * 16, floor(i / 4) * 16, 16, 16);
  }
}

function draw() {
  background(20);
  noStroke();
  texture(tiles);
  rotateY(frameCount * 0.1);
  rotateX(0.5);
  box(90);
}
