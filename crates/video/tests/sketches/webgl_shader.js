let stripes;

const VERTEX = `
attribute vec3 aPosition;
attribute vec2 aTexCoord;
varying vec2 place;
void main() {
  place = aTexCoord;
  gl_Position = vec4(aPosition.xy * 2.0 - 1.0, 0.0, 1.0);
}`;

const FRAGMENT = `
precision highp float;
varying vec2 place;
uniform float turn;
void main() {
  float wave = 0.5 + 0.5 * sin(40.0 * place.x + turn);
  gl_FragColor = vec4(wave, place.y, 1.0 - wave, 1.0);
}`;

function setup() {
  createCanvas(200, 200, WEBGL);
  noStroke();
  stripes = createShader(VERTEX, FRAGMENT);
}

function draw() {
  shader(stripes);
  stripes.setUniform("turn", frameCount * 0.3);
  rect(0, 0, width, height);
}
