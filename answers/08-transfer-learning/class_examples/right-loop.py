# points: 1
# A plain loop over the labels.
places = []
for number in classes:
    found = 0
    for place, label in enumerate(labels):
        if int(label) == number and found < count:
            places.append(place)
            found += 1
return places
