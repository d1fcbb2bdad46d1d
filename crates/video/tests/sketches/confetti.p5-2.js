function setup() {
  createCanvas(200, 200);
}

function draw() {
  background(20);
  noStroke();
  for (let i = 0; i < 120; i += 1) {
    fill(random(255), random(255), random(255));
    square(random(200), random(200), 8);
  }
}
