function setup() {
  createCanvas(200, 200);
}

function draw() {
  for (let y = 0; y < 200; y += 1) {
    stroke(lerpColor(color(20, 30, 90), color(250, 140, 60), y / 200));
    line(0, y, 200, y);
  }
}
