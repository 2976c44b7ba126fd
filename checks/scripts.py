"""What the instruments ask the browser to find out; each is one JavaScript function."""

# A style sheet of the check's own, past the page's Content-Security-Policy.
ADD_STYLE = """css => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets.push(sheet);
}"""

NAME = """
const name = one => {
  const id = one.id ? '#' + one.id : '';
  const classes = [...one.classList].map(c => '.' + c).join('');
  return one.tagName.toLowerCase() + id + classes + ' “' +
    (one.textContent || '').trim().replace(/\\s+/g, ' ').slice(0, 40) + '”';
};
// For screen readers only: clipped to nothing, whatever the class is called.
const unseen = one => {
  for (let up = one; up; up = up.parentElement) {
    const style = getComputedStyle(up);
    if (style.clipPath === 'inset(50%)' || style.clip === 'rect(0px, 0px, 0px, 0px)') return true;
  }
  return false;
};
"""

# What makes the page wider than the window; empty where nothing does.
WIDER_THAN_WINDOW = f"""() => {{
  {NAME}
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const scrolls = one => {{
    for (let up = one.parentElement; up; up = up.parentElement) {{
      if (getComputedStyle(up).overflowX !== 'visible') return true;
    }}
    return false;
  }};
  const wide = [...document.body.querySelectorAll('*')].filter(one =>
    one.getBoundingClientRect().right > width + 0.5 && !scrolls(one) && !unseen(one));
  return wide.length ? wide.map(name).slice(0, 5) : ['the page'];
}}"""

# Elements whose text is cut off by their own box.
CLIPPED = f"""() => {{
  {NAME}
  const cuts = value => value === 'hidden' || value === 'clip';
  return [...document.body.querySelectorAll('*')].filter(one => {{
    const style = getComputedStyle(one);
    if (unseen(one) || one.closest('svg') || !one.textContent.trim()) return false;
    if (!one.checkVisibility()) return false;
    return (cuts(style.overflowX) && one.scrollWidth > one.clientWidth + 1) ||
      (cuts(style.overflowY) && one.scrollHeight > one.clientHeight + 1);
  }}).map(name).slice(0, 5);
}}"""

# Texts that lie over one another: two text nodes of different elements sharing some of their area.
OVERLAPPING = f"""() => {{
  {NAME}
  const boxes = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {{
    const node = walker.currentNode, one = node.parentElement;
    if (!node.data.trim() || unseen(one) || !one.checkVisibility()) continue;
    if (one.closest('svg, script, [aria-hidden=true], option')) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {{
      // Lines set tight touch at their edges: only the middle of a line counts.
      const middle = box.height / 4;
      boxes.push([one, box.left + 1, box.top + middle, box.right - 1, box.bottom - middle]);
    }}
  }}
  boxes.sort((one, other) => one[2] - other[2]);
  const found = [];
  for (let i = 0; i < boxes.length; i++) {{
    for (let j = i + 1; j < boxes.length && boxes[j][2] < boxes[i][4]; j++) {{
      const [a, b] = [boxes[i], boxes[j]];
      if (a[0] === b[0] || a[1] >= b[3] || b[1] >= a[3]) continue;
      found.push(name(a[0]) + ' and ' + name(b[0]));
    }}
  }}
  return found.slice(0, 5);
}}"""

# The element with the focus: where it is, how it is marked, and whether something hides it.
FOCUSED = f"""() => {{
  {NAME}
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const outlined = (which, part) => {{
    const style = getComputedStyle(which, part);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  }};
  // A card is marked as a whole when its only link has the focus.
  let marked = outlined(one, '::after');
  for (let up = one; up && up !== document.body; up = up.parentElement) {{
    marked = marked || outlined(up, null);
  }}
  const box = one.getClientRects()[0];
  const all = one.getBoundingClientRect();
  const x = box.left + box.width / 2, y = box.top + box.height / 2;
  const top = document.elementFromPoint(x, y);
  const earlier = window.checkedElement;
  window.checkedElement = one;
  return {{
    name: name(one),
    marked,
    hidden: !top || !(one.contains(top) || top.contains(one)),
    follows: !earlier || !!(earlier.compareDocumentPosition(one) & 4),
    inMain: !!one.closest('main'),
    left: all.left + scrollX, right: all.right + scrollX,
    top: all.top + scrollY, bottom: all.bottom + scrollY,
  }};
}}"""

# Whatever still moves for a reader who has asked for stillness.
MOVING = f"""() => {{
  {NAME}
  const seconds = text => Math.max(...text.split(',').map(parseFloat));
  const moves = [];
  for (const one of document.querySelectorAll('*')) {{
    for (const part of [null, '::before', '::after']) {{
      const style = getComputedStyle(one, part);
      const animated = style.animationName !== 'none' && seconds(style.animationDuration) > 0.01;
      const changes = seconds(style.transitionDuration) > 0.01;
      if (animated || changes) moves.push(name(one) + (part || ''));
    }}
  }}
  const scrolling = getComputedStyle(document.documentElement).scrollBehavior;
  if (scrolling === 'smooth') moves.push('scrolling');
  return moves.slice(0, 5);
}}"""

# Shapes that carry a meaning and have the colour of the ground when the reader chooses the colours.
LOST_IN_FORCED_COLOURS = f"""() => {{
  {NAME}
  const probe = document.createElement('i');
  document.body.append(probe);
  probe.style.setProperty('color', 'Canvas');
  const canvas = getComputedStyle(probe).color;
  probe.remove();
  const lost = [];
  for (const one of document.body.querySelectorAll('*')) {{
    if (!one.checkVisibility() || one.closest('[aria-hidden=true]')) continue;
    for (const part of [null, '::before', '::after']) {{
      const style = getComputedStyle(one, part);
      if (part && style.content === 'none') continue;
      if (style.maskImage !== 'none' && style.backgroundColor === canvas) {{
        lost.push(name(one) + (part || ''));
      }}
    }}
    const style = getComputedStyle(one);
    // A browser draws the buttons and boxes of choices itself, in whatever colours there are.
    const native = one.matches('[type=radio], [type=checkbox]') && style.appearance !== 'none';
    const field = one.matches('button, input:not([type=hidden]), select, textarea, .button');
    const bare = style.borderStyle === 'none' && style.outlineStyle === 'none';
    if (field && bare && !native) lost.push(name(one));
  }}
  return lost.slice(0, 5);
}}"""

# The links and fields a reader can see and use.
USABLE = """() => [
  ...document.querySelectorAll('a[href], button, input, select, textarea, summary')
].filter(one => one.checkVisibility())
  .map(one => one.getAttribute('href') || one.name || one.textContent.trim())"""
