function setup() {
  createCanvas(200, 200);
}

function draw() {
  background(20);
  translate(100, 100);
  stroke(255);
  line(0, 0, 60 * sin(second() * 0.1), -60 * cos(second() * 0.1));
  line(0, 0, 40 * sin(minute() * 0.1 + 1), -40 * cos(minute() * 0.1 + 1));
  noFill();
  circle(0, 0, 150);
  textAlign(CENTER);
  fill(255);
  text(`${year()}-${month()}-${day()}`, 0, 90);
}
