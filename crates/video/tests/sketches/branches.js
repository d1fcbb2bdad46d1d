function branch(length) {
  strokeWeight(length / 10);
  line(0, 0, 0, -length);
  translate(0, -length);
  if (length < 8) return;
  for (const angle of [-0.5, 0.4]) {
    push();
    rotate(angle);
    branch(length * 0.7);
    pop();
  }
}

function setup() {
  createCanvas(200, 200);
}

function draw() {
  background(255);
  stroke(60, 30, 10);
  translate(100, 195);
  branch(50);
}
