function setup() {
  createCanvas(200, 200);
}

function draw() {
  background(250);
  translate(100, 100);
  for (let sides = 3; sides < 9; sides += 1) {
    fill(sides * 25, 100, 200, 60);
    beginShape();
    for (let i = 0; i < sides; i += 1) vertex(sides * 10 * cos((i * TWO_PI) / sides), sides * 10 * sin((i * TWO_PI) / sides));
    endShape(CLOSE);
  }
}
