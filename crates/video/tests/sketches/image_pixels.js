let picture;

function setup() {
  createCanvas(200, 200);
  picture = createImage(50, 50);
}

function draw() {
  background(0);
  for (let x = 0; x < 50; x += 1) {
    for (let y = 0; y < 50; y += 1) picture.set(x, y, color(x * 5, y * 5, 100));
  }
  picture.updatePixels();
  image(picture, 25, 25, 150, 150);
}
