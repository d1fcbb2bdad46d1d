function setup() {
  createCanvas(200, 200);
  noLoop();
}

function draw() {
  background(255);
  for (let x = 0; x < 200; x += 20) {
    for (let y = 0; y < 200; y += 20) {
      if (random() < 0.5) line(x, y, x + 20, y + 20);
      else line(x + 20, y, x, y + 20);
    }
  }
}
