let elapsed = 0;

function setup() {
  createCanvas(200, 200);
}

function draw() {
  elapsed += deltaTime;
  background(30);
  fill(255);
  rect(0, 90, elapsed / 2, 20);
  text(elapsed.toFixed(3), 10, 40);
}
