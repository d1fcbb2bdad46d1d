const points = [];

function setup() {
  createCanvas(200, 200);
  background(255);
  for (let i = 0; i < 150; i += 1) points.push({ x: random(200), y: random(200) });
}

function draw() {
  stroke(0, 60);
  for (const point of points) {
    const angle = noise(point.x * 0.01, point.y * 0.01) * TWO_PI * 2;
    const x = point.x + cos(angle) * 8;
    const y = point.y + sin(angle) * 8;
    line(point.x, point.y, x, y);
    point.x = x;
    point.y = y;
  }
}
