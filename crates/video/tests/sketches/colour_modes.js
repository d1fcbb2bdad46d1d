function setup() {
  createCanvas(200, 200);
}

function draw() {
  colorMode(HSB, 360, 100, 100);
  noStroke();
  for (let x = 0; x < 20; x += 1) {
    for (let y = 0; y < 20; y += 1) {
      fill(x * 18, y * 5, 90);
      rect(x * 10, y * 10, 10, 10);
    }
  }
}
