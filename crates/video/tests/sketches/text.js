function setup() {
  createCanvas(200, 200);
}

function draw() {
  background(255);
  fill(0);
  textSize(28);
  textAlign(CENTER, CENTER);
  text("Proscenium", 100, 60);
  textSize(14);
  textStyle(ITALIC);
  text(`frame ${frameCount}`, 100, 120);
}
